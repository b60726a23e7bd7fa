export interface HandlerProgram {}
