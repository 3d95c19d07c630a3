import { containerPath } from '../../model/workload.ts'
import type { ContainerRef } from '../../model/workload.ts'
import { plainText } from '../../model/plain-text.ts'

/** `deployment/web/app`, from names that the cluster chose. */
export const containerText = (container: ContainerRef): string => plainText(containerPath(container), 120)
