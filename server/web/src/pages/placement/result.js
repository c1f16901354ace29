// What came out: the level, and how each area went.

import { number, percentOf } from '../../format.js';
import { html } from '../../html.js';
import { pick, t } from '../../i18n.js';
import { navigate } from '../../router.js';
import { Load, useLoad } from '../../ui/load.js';
import { Meter } from '../../ui/meter.js';
import { Page } from '../../ui/page.js';
import { loadPlacement } from './current.js';

/** The probability of the level in plain words. @param {NonNullable<import('../../types.js').Placement['result']>} result */
function sureness(result) {
	if (typeof result.probability !== 'number') {
		return null;
	}
	const of_ten = Math.min(9, Math.max(1, Math.round(result.probability * 10)));
	const key = result.probability >= 0.95 ? 'quest.sure_very' : result.probability >= 0.75 ? 'quest.sure' : 'quest.sure_border';
	return t(key, { of_ten });
}

/** @param {{result: NonNullable<import('../../types.js').Placement['result']>}} props */
function Result({ result }) {
	return html`
		<section class="next next-good" aria-labelledby="result-level">
			<p class="next-kicker">${t('quest.your_level')}</p>
			<h2 id="result-level">${pick(result.level, 'name')}</h2>
			<p>${t('quest.result_text', { score: number(result.score), maximum: number(result.maximum) })}</p>
			${sureness(result) && html`<p>${sureness(result)}</p>`}
			<div class="next-action"><a class="btn btn-light btn-lg" href="/percorso">${t('quest.go_to_path')}</a></div>
		</section>
		<section aria-labelledby="areas">
			<h2 id="areas">${t('quest.by_area')}</h2>
			<p class="muted">${t(result.method ? 'quest.by_area_adaptive' : 'quest.by_area_text')}</p>
			<ul class="areas">${result.areas.map((area) => html`<li key=${area.id}>
				<span class="area-name">${pick(area, 'name')}</span>
				<span class="area-score">${t('quest.right_of', { score: number(area.score), maximum: number(area.maximum) })}${result.method === 'adaptive' ? ` · ${t(`quest.profile_${area.profile}`)}` : ` · ${percentOf(area.score, area.maximum)}`}</span>
				${result.method !== 'adaptive' && html`<${Meter} share=${area.maximum > 0 ? area.score / area.maximum : 0} label=${pick(area, 'name')} />`}
			</li>`)}</ul>
		</section>`;
}

export function PlacementResult() {
	const view = useLoad(async () => {
		const found = await loadPlacement();
		if (!found?.result) {
			navigate('/questionario', { replace: true });
		}
		return found;
	});
	return html`<${Page} title=${t('quest.result')} narrow>
		<${Load} of=${view}>${(/** @type {any} */ data) => data.result && html`<${Result} result=${data.result} />`}<//>
	<//>`;
}
