// SPDX-License-Identifier: Apache-2.0
import { defineConfig } from 'vitest/config'

/** One project per kind of promise: units and properties are quick, integration starts real processes, e2e the whole app. */
const project = (name: string, testTimeout: number, fileParallelism: boolean) => ({
  test: {
    name,
    include: [`test/${name}/**/*.test.ts`],
    testTimeout,
    hookTimeout: 120_000,
    fileParallelism,
    // What is polled for comes at once or never: how soon a busy machine looks decides nothing.
    expect: { poll: { timeout: 15_000 } },
    pool: 'forks' as const,
    setupFiles: ['test/support/soak.ts'],
  },
})

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...project('unit', 60_000, true).test,
          include: ['test/unit/**/*.test.ts', 'test/architecture/**/*.test.ts'],
        },
      },
      project('property', 60_000, true),
      project('integration', 180_000, false),
      // A browser on two busy cores loses a race now and then. What fails twice is a fault; what failed once is reported so.
      { test: { ...project('e2e', 120_000, false).test, retry: 1, globalSetup: ['test/e2e/build.ts'] } },
    ],
  },
})
