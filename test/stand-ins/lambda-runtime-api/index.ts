export { findRic, LOOP, RIC_FOLDER_VARIABLE, type Driver } from './driver';
export type { FunctionError, InvocationResult, StreamedResponse } from './invocation';
export type { FunctionConfiguration } from './lambda-environment';
export { InitError, LambdaProcess, type LambdaProcessOptions } from './lambda-process';
