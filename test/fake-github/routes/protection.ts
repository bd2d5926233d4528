import { ApiError } from '../api-error.ts';
import { numberParam, ok, on, page, param, type Route } from '../call.ts';
import { activeRules, protectionJson, rulesetJson } from '../render/protection.ts';

const repo = '/repos/{owner}/{repo}';

export const protectionRoutes: Route[] = [
  on(`GET ${repo}/branches/{branch}/protection`, 'administration:read', (call) => {
    const rules = call.hub.state.protections.get(param(call, 'branch'));
    if (!rules) throw new ApiError(404, 'Branch not protected');
    return ok(protectionJson(call.hub, param(call, 'branch'), rules));
  }),
  on(`GET ${repo}/rules/branches/{branch}`, 'metadata:read', (call) =>
    page(call, activeRules(call.hub, param(call, 'branch')), (rule) => rule),
  ),
  on(`GET ${repo}/rulesets`, 'metadata:read', (call) =>
    page(call, call.hub.state.rulesets, (one) => rulesetJson(call.hub, one, false)),
  ),
  on(`GET ${repo}/rulesets/{ruleset_id}`, 'metadata:read', (call) => {
    const found = call.hub.state.rulesets.find(({ id }) => id === numberParam(call, 'ruleset_id'));
    if (!found) throw new ApiError(404, 'Not Found');
    return ok(rulesetJson(call.hub, found, true));
  }),
];
