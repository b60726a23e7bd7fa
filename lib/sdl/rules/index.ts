/** Every rule about the SDL, in the order their findings come. A new rule is a file beside this one and a line below. */
import { defaultValueHasDeclaredType } from './default-value-has-declared-type';
import { interfaceImplementsNothing } from './interface-implements-nothing';
import { queryTypeExists } from './query-type-exists';
import { scalarsAreBuiltIn } from './scalars-are-built-in';
import type { SdlRule } from './sdl-rule';
import { subscribeStandsOnSubscription } from './subscribe-stands-on-subscription';
import { subscriptionListensToMutation } from './subscription-listens-to-mutation';
import { subscriptionNamesExistingMutation } from './subscription-names-existing-mutation';
import { subscriptionReturnsMutationType } from './subscription-returns-mutation-type';
import { typeHasFields } from './type-has-fields';
import { typeNameLeavesAwsPrefix } from './type-name-leaves-aws-prefix';

export const modelRules: readonly SdlRule[] = [
  queryTypeExists,
  typeHasFields,
  scalarsAreBuiltIn,
  typeNameLeavesAwsPrefix,
  interfaceImplementsNothing,
  defaultValueHasDeclaredType,
  subscriptionNamesExistingMutation,
  subscriptionReturnsMutationType,
  subscriptionListensToMutation,
  subscribeStandsOnSubscription,
];
