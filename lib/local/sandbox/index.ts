/** The sandbox APPSYNC_JS runs in. */
export { type CallEnd, type CompiledHandlers, createRealm, type Realm, type RealmInvocation } from './realm';
export { HandlerCodeError } from './transform';
