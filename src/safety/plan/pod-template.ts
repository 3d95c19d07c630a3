import type { Json, JsonObject } from '../../model/json.ts'
import type { KubeObject } from '../../model/observation.ts'
import { lookList, lookObject, lookText } from '../checks/look.ts'

/** Where the containers of a Deployment, StatefulSet or DaemonSet are. */
export const CONTAINERS: readonly string[] = Object.freeze(['spec', 'template', 'spec', 'containers'])

/** One container of a live workload's template. */
export interface TemplateContainer {
  readonly name: string
  readonly index: number
  /** Empty where the template names none. */
  readonly image: string
  /** Verbatim; undefined where the object has no `resources` key at all. */
  readonly resources: JsonObject | undefined
}

const read = (container: Json, index: number): TemplateContainer => ({
  name: lookText(container, 'name') ?? '',
  index,
  image: lookText(container, 'image') ?? '',
  resources: lookObject(container, 'resources'),
})

export const templateContainers = (object: KubeObject): readonly TemplateContainer[] =>
  lookList(object, ...CONTAINERS).map((container, index) => read(container, index))
