/**
 * What functions sign with: the credentials of their own role. A role that is not in the templates, or not all of whose policies can be read, would
 * be judged by a guess: then the function signs with the local key pair, which may do everything, and the log says so.
 */
import type { LambdaFunctionModel, RoleModel } from '../model';
import { type AccessKey, type LocalCredentials, roleKey } from './auth';
import type { RoleSession } from './auth/principals';

export interface FunctionCredentialsOptions {
  readonly local: LocalCredentials;
  /** What the credentials of roles are made from. */
  readonly secret: string;
  readonly log: (line: string) => void;
}

export class FunctionCredentials {
  private roles: readonly RoleModel[] = [];
  private readonly told = new Set<string>();

  constructor(private readonly options: FunctionCredentialsOptions) {}

  /** @returns who signs as whom. Source: https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html: the session is named after the function */
  use(functions: readonly LambdaFunctionModel[], roles: readonly RoleModel[]): RoleSession[] {
    this.roles = roles;
    return functions.flatMap((fn) => {
      const role = this.known(fn);
      return role ? [{ roleArn: role.arn, session: fn.functionName }] : [];
    });
  }

  /** Tells, once for each function and reason, that its policies are not asked. */
  readonly of = (fn: LambdaFunctionModel): AccessKey => {
    const { local, secret } = this.options;
    const role = this.known(fn);
    if (role) return roleKey(secret, role.arn, fn.functionName);
    this.tell(`function ${fn.functionName} may do everything here: ${this.doubt(fn)}`);
    return local;
  };

  private known({ roleArn }: LambdaFunctionModel): RoleModel | undefined {
    const role = this.roles.find(({ arn }) => arn === roleArn);
    return role?.unread.length === 0 ? role : undefined;
  }

  private doubt({ roleArn }: LambdaFunctionModel): string {
    const role = this.roles.find(({ arn }) => arn === roleArn);
    return role ? `${role.unread.join(', ')} of its role ${role.roleName} cannot be read` : 'its role is not in the templates';
  }

  private tell(line: string): void {
    if (!this.told.has(line)) this.options.log(line);
    this.told.add(line);
  }
}
