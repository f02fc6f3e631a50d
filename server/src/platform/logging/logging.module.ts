import { Module } from '@nestjs/common';
import { LoggerModule } from 'nestjs-pino';
import { CONFIG, type ResolvedConfig } from '../../config/config.js';
import { PROCESS_NAME } from '../process-name.js';
import { prettyLines } from './pretty-lines.js';
import { QuietLogger } from './quiet-logger.js';

/** Headers that identify whoever asks. Bodies are never logged. */
const REDACTED = [
  'req.headers.authorization',
  'req.headers.cookie',
  'req.headers["idempotency-key"]',
  'res.headers["set-cookie"]',
];

/** One line per message on standard output, of JSON unless a person reads it. */
@Module({
  imports: [
    LoggerModule.forRootAsync({
      useFactory: async (config: ResolvedConfig, name: string) => {
        const stream = await prettyLines(config.logFormat, process.stdout);
        return {
          pinoHttp: {
            level: config.logLevel,
            base: { process: name },
            redact: REDACTED,
            // Requests are counted by the metrics; the log has those that failed, by the filter.
            autoLogging: false,
            quietReqLogger: true,
            ...(stream ? { stream } : {}),
          },
        };
      },
      inject: [CONFIG, PROCESS_NAME],
    }),
  ],
  providers: [QuietLogger],
  exports: [QuietLogger],
})
export class LoggingModule {}
