import { type GraphQLArgument, type GraphQLInputField, isInputObjectType, isInputType, isInterfaceType, isObjectType, print, valueFromAST } from 'graphql';
import type { SdlFinding, SdlRule, SdlRuleModel } from './sdl-rule';

export const defaultValueHasDeclaredType: SdlRule = {
  code: 'SDL_DEFAULT_VALUE',
  severity: 'error',
  summary: 'the default value of an argument or input field has its type',
  url: 'https://spec.graphql.org/June2018/#sec-Input-Objects',
  *check(model) {
    for (const type of Object.values(model.schema.getTypeMap())) {
      if (isInputObjectType(type)) {
        for (const field of Object.values(type.getFields())) yield* checkDefault(model, `${type.name}.${field.name}`, field);
      } else if (isObjectType(type) || isInterfaceType(type)) {
        for (const field of Object.values(type.getFields()))
          for (const argument of field.args) yield* checkDefault(model, `${type.name}.${field.name}(${argument.name}:)`, argument);
      }
    }
  },
};

function* checkDefault({ locate }: SdlRuleModel, name: string, { type, astNode }: GraphQLArgument | GraphQLInputField): Iterable<SdlFinding> {
  const value = astNode?.defaultValue;
  // A position that holds an output type is reported as that.
  if (!value || !isInputType(type) || valueFromAST(value, type) !== undefined) return;
  yield { at: locate(value), message: `the default ${print(value)} of ${name} is not of type "${type}"`, fix: `write a value of type "${type}"` };
}
