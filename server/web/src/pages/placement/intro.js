// Before the questionnaire: what it is for, how long it is, that one may stop and resume.

import { api } from '../../api.js';
import { dateTime } from '../../format.js';
import { html } from '../../html.js';
import { pick, t } from '../../i18n.js';
import { navigate } from '../../router.js';
import { useAction } from '../../ui/busy.js';
import { Icon } from '../../ui/icon.js';
import { Load, useLoad } from '../../ui/load.js';
import { Page } from '../../ui/page.js';
import { ErrorBox } from '../../ui/problems.js';
import { loadPlacement, startPlacement } from './current.js';

/** @param {{placement: import('../../types.js').Placement | null, path: import('../../types.js').MyPath}} props */
function Begin({ placement, path }) {
	const start = useAction(async () => {
		const view = await startPlacement();
		navigate(view.state === 'done' ? '/questionario/esito' : `/questionario/domanda/${view.position + 1}`);
	});
	const open = placement?.state === 'open';
	const { may_start: may, why_not: why, may_retake_from: from } = path.placement;
	if (!open && !may) {
		return html`<div class="panel">
			<p>${why ? pick(why) : t('quest.already_done')}</p>
			${from && html`<p>${t('quest.retake_from', { time: dateTime(from) })}</p>`}
			<p class="actions"><a class="btn btn-primary" href="/percorso">${t('quest.to_path')}</a>
				${placement && html`<a class="btn btn-outline-primary" href="/questionario/esito">${t('quest.see_result')}</a>`}</p>
		</div>`;
	}
	const adaptive = open ? Boolean(placement?.adaptive) : Boolean(path.placement.adaptive);
	const answered = placement?.answered.filter(Boolean).length ?? 0;
	return html`
		<ul class="marked">
			${open && html`<li><${Icon} name="check-circle" color="success" /><span>${t(adaptive ? 'quest.intro_resume_adaptive' : 'quest.intro_resume', { answered, total: placement.total })}</span></li>`}
			<li><${Icon} name="search" color="primary" /><span>${t('quest.intro_purpose')}</span></li>
			<li><${Icon} name="clock" color="primary" /><span>${t('quest.intro_no_timer')}</span></li>
			<li><${Icon} name="restore" color="primary" /><span>${t('quest.intro_saved')}</span></li>
			<li><${Icon} name="pencil" color="primary" /><span>${t(adaptive ? 'quest.intro_adaptive' : 'quest.intro_review')}</span></li>
			<li><${Icon} name="help-circle" color="primary" /><span>${t(adaptive ? 'quest.intro_honest_adaptive' : 'quest.intro_honest')}</span></li>
		</ul>
		<${ErrorBox} error=${start.error} />
		<p class="actions">
			<button type="button" class="btn btn-primary btn-lg" disabled=${start.busy} onClick=${start.run}>${t(open ? 'quest.resume' : 'quest.start')}</button>
			<a class="btn btn-outline-primary btn-lg" href="/percorso">${t('quest.not_now')}</a>
		</p>`;
}

export function PlacementIntro() {
	const both = useLoad(async () => {
		const path = await api.get('/me/path');
		return { path, placement: path.placement.state === 'none' ? null : await loadPlacement() };
	});
	return html`<${Page} title=${t('quest.title')} lead=${t('quest.lead')} narrow>
		<${Load} of=${both}>${(/** @type {any} */ data) => html`<${Begin} ...${data} />`}<//>
	<//>`;
}
