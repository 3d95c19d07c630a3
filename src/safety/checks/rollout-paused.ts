import { finding, type Check } from './check.ts'
import { look } from './look.ts'

export const rolloutPaused: Check = {
  name: 'rollout-paused',
  verdict: 'block',
  why: 'A paused Deployment takes the change and starts nothing: we would wait for a rollout that never comes, and a person who resumes it later gets our change unannounced.',
  find: ({ object }) =>
    look(object, 'spec', 'paused') === true
      ? [
          finding(
            'block',
            'The rollout of this workload is paused.',
            'Ask who paused it and why; resume it (kubectl rollout resume) before changing it.',
          ),
        ]
      : [],
}
