// The fields of an ECM event: how each is asked for and what it becomes for the server [ECM report, 1.2 and 1.4].

/** Types of training that belong to a form (tipo_form). @type {Record<number, number[]>} */
export const typesOf = { 1: [10, 11], 2: [6, 7, 8, 9], 3: [1, 2, 3, 4, 5], 4: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11] };

export const numbers = ['cod_edi', 'ore', 'tipo_form', 'cod_obi', 'num_part', 'cod_tipologia_form'];

export const emptyEvent = {
	title: '', levels: [], cod_evento: '', cod_edi: 1, cod_org: '', cod_accr: '090', data_ini: '', data_fine: '', crediti: '4.0', ore: 4,
	tipo_form: 1, tipo_eve: 'P', cod_obi: 17, num_part: '', cod_tipologia_form: 10, seconds_needed: null, accredited: [], theme: false, credits_reason: '',
};

/** @param {any} event from the server or empty */
export function toForm(event) {
	return {
		...event,
		some_levels: event.levels.length > 0,
		minutes_needed: event.seconds_needed === null || event.seconds_needed === undefined ? '' : Math.round(event.seconds_needed / 60),
		accredited: event.accredited?.length > 0 ? event.accredited : null, // the server's empty list is every profession
	};
}

/** "4", "4,5" and "4.5" as the report wants credits: one decimal. @param {string} text */
export function credits(text) {
	const value = Number(String(text).replace(',', '.'));
	return Number.isFinite(value) && /^\s*\d{1,2}([.,]\d)?\s*$/.test(String(text)) ? value.toFixed(1) : String(text).trim();
}

/** The path, distance learning, is what levels differ in. @param {number} form tipo_form */
export const ofPath = (form) => form === 1 || form === 4;

/** None: every level. @param {any} form @returns {string[]} */
export const levelsOf = (form) => (form.some_levels && ofPath(Number(form.tipo_form)) ? form.levels : []);

/** What the server takes. @param {any} form */
export function toEvent(form) {
	const { id: _, minutes_needed: minutes, computed: __, some_levels: ___, ...rest } = form;
	return {
		...rest,
		...Object.fromEntries(numbers.map((name) => [name, form[name] === '' ? null : Number(form[name])])),
		crediti: credits(form.crediti),
		levels: levelsOf(form),
		accredited: form.accredited ?? [],
		// Left empty, the server takes the event's hours.
		...(minutes === '' ? { seconds_needed: Number(form.ore) * 3600 } : { seconds_needed: Number(minutes) * 60 }),
	};
}

/** Faults that can be told before asking the server, as keys of texts by field. @param {any} form */
export function formFaults(form) {
	/** @type {Record<string, string>} */
	const found = {};
	for (const name of ['title', 'cod_evento', 'cod_accr', 'data_ini', 'data_fine', 'crediti', 'ore', 'num_part', 'cod_obi']) {
		if (String(form[name] ?? '').trim() === '') {
			found[name] = 'field.required';
		}
	}
	if (form.accredited?.length === 0) {
		found.accredited = 'event.accredited_missing';
	}
	if (!found.crediti && !/^(?!0?0\.0)\d{1,2}\.\d$/.test(credits(form.crediti))) {
		found.crediti = 'event.bad_credits';
	}
	if (!found.cod_accr && !/^\d{3}$/.test(form.cod_accr)) {
		found.cod_accr = 'event.bad_accr';
	}
	if (form.some_levels && ofPath(Number(form.tipo_form)) && form.levels.length === 0) {
		found.levels = 'event.no_levels';
	}
	if (form.data_ini && form.data_fine && form.data_fine < form.data_ini) {
		found.data_fine = 'event.bad_dates';
	}
	return found;
}
