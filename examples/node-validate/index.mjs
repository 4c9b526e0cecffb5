// Validates data against a JSON Schema.
import Ajv from 'ajv';

const ajv = new Ajv({ allErrors: true });

export async function handler(event) {
  if (typeof event.schema !== 'object' || event.schema === null) {
    throw new TypeError("the event needs a JSON Schema under 'schema'");
  }
  const validate = ajv.compile(event.schema);
  const valid = validate(event.data);
  const errors = (validate.errors ?? []).map(({ instancePath, message }) => ({ path: instancePath || '/', message }));
  return { valid, errors };
}
