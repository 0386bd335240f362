export { Geography } from './catalog/geography';
