import { Module } from '@nestjs/common';
import { InstancesModule } from '../instances/instances.module.js';
import { LogStreams } from './http/log-streams.js';
import { LogsController } from './http/logs.controller.js';
import { InstanceLogs } from './instance-logs.js';

@Module({ imports: [InstancesModule], providers: [InstanceLogs, LogStreams], controllers: [LogsController] })
export class LogsHttpModule {}
