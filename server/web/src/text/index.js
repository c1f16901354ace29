// All texts of the application, by key: [Italian, English].

import { about } from './about.js';
import { adaptive } from './adaptive.js';
import { administrator } from './administrator.js';
import { certificates } from './certificates.js';
import { classes } from './classes.js';
import { common } from './common.js';
import { credits } from './credits.js';
import { coordinator } from './coordinator.js';
import { designer } from './designer.js';
import { entry } from './entry.js';
import { final } from './final.js';
import { mail } from './mail.js';
import { measurement } from './measurement.js';
import { operator } from './operator.js';
import { placement } from './placement.js';
import { privacy } from './privacy.js';
import { provider } from './provider.js';
import { report } from './report.js';
import { results } from './results.js';
import { versions } from './versions.js';

/** @type {Record<string, [string, string]>} */
export const texts = {
	...common,
	...entry,
	...about,
	...certificates,
	...classes,
	...credits,
	...operator,
	...placement,
	...adaptive,
	...final,
	...measurement,
	...designer,
	...provider,
	...report,
	...results,
	...coordinator,
	...administrator,
	...versions,
	...mail,
	...privacy,
};
