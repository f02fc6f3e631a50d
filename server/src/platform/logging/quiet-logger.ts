import { Injectable } from '@nestjs/common';
import { Logger } from 'nestjs-pino';

/** Parts of the framework that name every module and route at the start; of interest to nobody who runs the service. */
const TALKATIVE = new Set(['InstanceLoader', 'RoutesResolver', 'RouterExplorer', 'NestFactory', 'NestApplication']);

/** The log, without the framework's account of its own start. */
@Injectable()
export class QuietLogger extends Logger {
  override log(message: unknown, ...parameters: unknown[]): void {
    if (TALKATIVE.has(String(parameters.at(-1)))) {
      this.debug(message, ...parameters);
    } else {
      super.log(message, ...parameters);
    }
  }
}
