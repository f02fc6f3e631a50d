import { Injectable, type PipeTransform } from '@nestjs/common';
import { isInstanceId, NAME_RULES, unmet } from '#rules';
import { InstanceNotFoundError } from '../domain/instance-errors.js';

/** The name or id of an instance in a path. What can be neither is not found, without asking the database. */
@Injectable()
export class InstanceName implements PipeTransform<string, string> {
  transform(value: string): string {
    if (!isInstanceId(value) && unmet(NAME_RULES, value).length > 0) {
      throw new InstanceNotFoundError(value);
    }
    return value;
  }
}
