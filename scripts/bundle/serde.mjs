// Stands in for the index of @smithy/core/serde, which also makes a blob class and a UUID generator when it is loaded, so
// that esbuild cannot leave them out. These are the package's own functions, as far as the bundles import them.
export { concatBytes } from '../../node_modules/@smithy/core/dist-es/submodules/serde/concatBytes.js';
export { fromBase64 } from '../../node_modules/@smithy/core/dist-es/submodules/serde/util-base64/fromBase64.js';
export { fromHex, toHex } from '../../node_modules/@smithy/core/dist-es/submodules/serde/util-hex-encoding/hex-encoding.js';
export { fromUtf8 } from '../../node_modules/@smithy/core/dist-es/submodules/serde/util-utf8/fromUtf8.js';
export { toUint8Array } from '../../node_modules/@smithy/core/dist-es/submodules/serde/util-utf8/toUint8Array.js';
export { toUtf8 } from '../../node_modules/@smithy/core/dist-es/submodules/serde/util-utf8/toUtf8.js';
