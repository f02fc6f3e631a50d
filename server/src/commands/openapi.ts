import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { writeFile } from 'node:fs/promises';
import { ApiModule } from '../api.module.js';
import { loadConfig } from '../config/config.js';
import { Cipher } from '../platform/crypto/cipher.js';
import { createContract } from '../platform/http/openapi.js';
import type { Runtime } from './runtime.js';

/** Writes the contract as JSON. Preview mode reads the controllers without making them, so nothing is connected. */
export async function writeContract(output: string | undefined): Promise<void> {
  const runtime = {
    config: { ...loadConfig({}), databaseUrl: '' },
    processName: 'openapi',
    cipher: new Cipher(Buffer.alloc(32)),
  };
  const app = await NestFactory.create<NestFastifyApplication>(
    ApiModule.with(runtime as Runtime),
    new FastifyAdapter(),
    {
      preview: true,
      logger: false,
      abortOnError: false,
    },
  );
  const text = `${JSON.stringify(createContract(app), null, 2)}\n`;
  if (output === undefined) {
    process.stdout.write(text);
  } else {
    await writeFile(output, text);
  }
}
