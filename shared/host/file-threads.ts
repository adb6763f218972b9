// SPDX-License-Identifier: Apache-2.0

/**
 * The environment that a station is started in. libuv has four threads for files, and a drive that hangs takes up to two
 * of them until it is unplugged: with sixteen, six such drives leave the station the four that it would have anyway. The number
 * counts only when it is there before the first file is asked for, so whoever starts the process sets it.
 */
export const stationEnvironment = { UV_THREADPOOL_SIZE: '16' } as const
