import { Module } from '@nestjs/common';
import { Timeline } from './data/timeline.js';

@Module({ providers: [Timeline], exports: [Timeline] })
export class TimelineModule {}
