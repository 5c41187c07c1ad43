import Ajv, { ValidateFunction } from 'ajv';
import { DeployedResource } from './deployment';
import { schemas } from '../fixtures/cloudformation-schemas.json';

const ajv = new Ajv({ strict: false, allErrors: true });
const validators = new Map<string, ValidateFunction>(Object.entries(schemas).map(([type, schema]) => [type, ajv.compile(schema)]));

/** What CloudFormation's schemas have against a resource. Types that the library does not make are not its matter. */
export function schemaProblems({ Type, Properties }: DeployedResource): string[] {
  const validate = validators.get(Type);
  return validate && !validate(Properties ?? {}) ? validate.errors!.map(error => `${Type}${error.instancePath} ${error.message}`) : [];
}
