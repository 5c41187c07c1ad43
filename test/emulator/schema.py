"""Checks of resolved properties against the schemas that AWS publishes for its resource types, as cfn-lint carries them."""
import re

import regex
from cfnlint.schema.manager import PROVIDER_SCHEMA_MANAGER
from jsonschema import Draft7Validator, ValidationError as SchemaError
from jsonschema.validators import extend
from moto.cloudformation.exceptions import ValidationError

ARN = re.compile(r'^arn:([^:]*):')


def pattern(_, pattern, instance, __):
    if isinstance(instance, str) and not regex.search(pattern, instance): yield SchemaError(f'{instance!r} does not match {pattern!r}')


Validator = extend(Draft7Validator, {'pattern': pattern})  # the schemas use \p{...}, which Python's own expressions lack


def schema_of(resource_type):
    return PROVIDER_SCHEMA_MANAGER.get_resource_schema('us-east-1', resource_type).schema


def check_properties(resource_type, properties):
    errors = [f"{'/'.join(map(str, error.path))}: {error.message}" for error in Validator(schema_of(resource_type)).iter_errors(properties)]
    read_only = {name.removeprefix('/properties/') for name in schema_of(resource_type).get('readOnlyProperties', [])} & properties.keys()
    if errors or read_only: raise ValidationError(message=f'Properties validation failed for {resource_type}: {[*errors, *sorted(read_only)]}')


def check_unchanged(resource_type, before, after):
    """Fails where CloudFormation would replace the resource."""
    for name in (pointer.removeprefix('/properties/') for pointer in schema_of(resource_type).get('createOnlyProperties', [])):
        if before.get(name) != after.get(name):
            raise ValidationError(message=f'{resource_type}: a change of {name} replaces the resource, which is not emulated')


def check_arns(value, partition):
    """Fails at an ARN of another partition, as IAM does."""
    for text in strings_in(value):
        match = ARN.match(text)
        if match and match[1] not in (partition, '*'):
            raise ValidationError(message=f'Partition "{match[1]}" is not valid for resource "{text}"')


def strings_in(value):
    """All strings in a value, keys of objects left out."""
    if isinstance(value, str): yield value
    elif isinstance(value, dict): yield from (text for member in value.values() for text in strings_in(member))
    elif isinstance(value, list): yield from (text for member in value for text in strings_in(member))
