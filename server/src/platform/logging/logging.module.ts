import { Module } from '@nestjs/common';
import { LoggerModule } from 'nestjs-pino';
import { CONFIG, type ResolvedConfig } from '../../config/config.js';
import { PROCESS_NAME } from '../process-name.js';
import { QuietLogger } from './quiet-logger.js';

/** Headers that identify whoever asks. Bodies are never logged. */
const REDACTED = [
  'req.headers.authorization',
  'req.headers.cookie',
  'req.headers["idempotency-key"]',
  'res.headers["set-cookie"]',
];

/** One line of JSON per message on standard output. */
@Module({
  imports: [
    LoggerModule.forRootAsync({
      useFactory: (config: ResolvedConfig, name: string) => ({
        pinoHttp: {
          level: config.logLevel,
          base: { process: name },
          redact: REDACTED,
          // Requests are counted by the metrics; the log has those that failed, by the filter.
          autoLogging: false,
          quietReqLogger: true,
        },
      }),
      inject: [CONFIG, PROCESS_NAME],
    }),
  ],
  providers: [QuietLogger],
  exports: [QuietLogger],
})
export class LoggingModule {}
