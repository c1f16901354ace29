// All texts of the application, by key: [Italian, English].

import { common } from './common.js';
import { entry } from './entry.js';
import { operator } from './operator.js';
import { placement } from './placement.js';

/** @type {Record<string, [string, string]>} */
export const texts = { ...common, ...entry, ...operator, ...placement };
