// The roles alone, without a grant.
module.exports = () => {};
