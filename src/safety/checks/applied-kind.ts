import { finding, type Check } from './check.ts'

export const appliedKind: Check = {
  name: 'applied-kind',
  verdict: 'block',
  why: 'What has not been proven to be undone on a real cluster is not written: so far that is everything but Deployments.',
  find: ({ target }) =>
    target.kind === 'Deployment'
      ? []
      : [
          finding(
            'block',
            `A ${target.kind} can be previewed, but is not applied yet.`,
            'Leave it out of the plan, or change it by hand with the values shown.',
          ),
        ],
}
