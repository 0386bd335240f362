export { AnswerBucket, type CustomResourceAnswer } from './answer-bucket';
export { CustomResourceStack, type Deployment } from './custom-resource-stack';
