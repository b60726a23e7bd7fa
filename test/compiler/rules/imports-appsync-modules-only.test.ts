import { expectClean, findingsIn } from './harness';

describe('imports', () => {
  it('accepts the four modules, however imported', () => {
    expectClean(`import { util as u, util } from "@aws-appsync/utils";
import * as ddb from "@aws-appsync/utils/dynamodb";
import { sql } from "@aws-appsync/utils/rds";
import { converse } from "@aws-appsync/utils/ai";
export function request(ctx) {
  return {};
}
export function response(ctx) {
  return ctx.result;
}`);
  });

  it('accepts a module that only exports', () => {
    expectClean(`export const request = () => ({}), response = (ctx) => ctx.result;`);
  });

  it('rejects modules of Node', () => {
    expect(findingsIn(`import { createHash } from "node:crypto";
import fs from "fs";
export function request(ctx) {
  return {};
}
export function response(ctx) {
  return ctx.result;
}`)).toEqual([
      { code: 'RES_IMPORT', at: '1:28', message: '"node:crypto" is a module of Node, which AppSync does not have' },
      { code: 'RES_IMPORT', at: '2:16', message: '"fs" is a module of Node, which AppSync does not have' },
    ]);
  });

  it('rejects what is not bundled, re-exports included', () => {
    expect(findingsIn(`import { x } from "./shared";
export * from "lodash-es";
export function request(ctx) {
  return {};
}
export function response(ctx) {
  return ctx.result;
}`)).toEqual([
      { code: 'RES_IMPORT', at: '1:19', message: '"./shared" cannot be imported: the code has to be a single file' },
      { code: 'RES_IMPORT', at: '2:15', message: '"lodash-es" cannot be imported: the code has to be a single file' },
    ]);
  });

  it('rejects a module AppSync never had, and import()', () => {
    expect(findingsIn(`import { x } from "@aws-appsync/utils/dynamo";
const lazy = import("@aws-appsync/utils");
export function request(ctx) {
  return {};
}
export function response(ctx) {
  return ctx.result;
}`)).toEqual([
      { code: 'RES_IMPORT', at: '1:19', message: '"@aws-appsync/utils/dynamo" does not exist' },
      { code: 'RES_IMPORT', at: '2:14', message: '"import()" is not available' },
    ]);
  });
});
