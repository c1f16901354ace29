// Numbers, dates and lengths of time as people write them.

import { language, t } from './i18n.js';

const locales = { it: 'it-IT', en: 'en-GB' };
const locale = () => locales[language.get()];

/** @param {number} value @param {Intl.NumberFormatOptions} [options] */
export function number(value, options) {
	// Italian would leave 1234 without its dot, and a column of numbers uneven.
	return new Intl.NumberFormat(locale(), { useGrouping: true, ...options }).format(value);
}

/** A number with at most two decimals. @param {number} value */
export function decimal(value) {
	return number(value, { maximumFractionDigits: 2 });
}

/** A share 0..1 as a percentage with a decimal. @param {number} share */
export function percentFine(share) {
	return number(share, { style: 'percent', maximumFractionDigits: 1 });
}

/** A share 0..1 as a percentage. @param {number} share */
export function percent(share) {
	return new Intl.NumberFormat(locale(), { style: 'percent', maximumFractionDigits: 0 }).format(share);
}

/** Part of a whole as a percentage; nothing of nothing is nothing. @param {number} part @param {number} whole */
export function percentOf(part, whole) {
	return percent(whole > 0 ? part / whole : 0);
}

/** @param {string | null | undefined} time ISO 8601 */
export function date(time) {
	return time ? new Intl.DateTimeFormat(locale(), { dateStyle: 'long' }).format(new Date(time)) : '';
}

/** @param {string | null | undefined} time ISO 8601 */
export function shortDate(time) {
	return time ? new Intl.DateTimeFormat(locale(), { dateStyle: 'short' }).format(new Date(time)) : '';
}

/** @param {string | null | undefined} time ISO 8601 */
export function dateTime(time) {
	const style = /** @type {const} */ ({ dateStyle: 'short', timeStyle: 'short' });
	return time ? new Intl.DateTimeFormat(locale(), style).format(new Date(time)) : '';
}

/** Hours and minutes on the clock. @param {Date} time */
export function clock(time) {
	return new Intl.DateTimeFormat(locale(), { timeStyle: 'short' }).format(time);
}

/** "2 ore e 5 minuti". Seconds are not shown: nobody needs them. @param {number} seconds */
export function duration(seconds) {
	const minutes = Math.floor(seconds / 60);
	const hours = Math.floor(minutes / 60);
	if (minutes === 0) {
		return t(seconds > 0 ? 'duration.under_a_minute' : 'duration.none');
	}
	if (hours === 0) {
		return t('duration.minutes', { minutes });
	}
	return t(minutes % 60 ? 'duration.hours_minutes' : 'duration.hours', { hours, minutes: minutes % 60 });
}

/** @param {number} bytes */
export function bytes(bytes) {
	const units = ['byte', 'kB', 'MB', 'GB'];
	let power = 0;
	let value = bytes;
	while (value >= 1000 && power < units.length - 1) {
		value /= 1000;
		power += 1;
	}
	return `${number(value, { maximumFractionDigits: value < 10 && power > 0 ? 1 : 0 })} ${units[power]}`;
}
