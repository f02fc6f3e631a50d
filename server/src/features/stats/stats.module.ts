import { Module } from '@nestjs/common';
import { StatsQueries } from './data/stats.queries.js';

@Module({ providers: [StatsQueries], exports: [StatsQueries] })
export class StatsModule {}
