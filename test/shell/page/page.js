// SPDX-License-Identifier: Apache-2.0
/** A page with nothing on it: it says that its script ran. */
document.documentElement.dataset.script = 'ran'
