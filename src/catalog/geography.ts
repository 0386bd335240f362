export class Geography {}
