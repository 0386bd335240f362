export * from './lib/snapshot';
