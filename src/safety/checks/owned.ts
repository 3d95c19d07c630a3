import { quoted } from '../../model/safe-text.ts'
import { finding, type Check } from './check.ts'
import { look, lookList, lookText } from './look.ts'

export const owned: Check = {
  name: 'owned',
  verdict: 'block',
  why: 'An operator writes its own values back within seconds: the change would restart every pod for nothing, twice.',
  find: ({ object }) =>
    lookList(object, 'metadata', 'ownerReferences')
      .filter((each) => look(each, 'controller') === true)
      .map((each) => {
        const owner = `${quoted(lookText(each, 'kind') ?? '?')} ${quoted(lookText(each, 'name') ?? '?')}`
        return finding(
          'block',
          `This workload belongs to ${owner}, which would write its own values back.`,
          `Change the resources in ${owner} instead.`,
        )
      }),
}
