// What must not compile. `tsc -b test` reads this file: an error that is expected and does not come fails the build.
/* oxlint-disable typescript/no-misused-spread */
import type { execute } from '../../src/executor/execute.ts'
import type { ExecutorPorts } from '../../src/executor/executor-ports.ts'
import type { ClusterWriter } from '../../src/executor/cluster-writer.ts'
import type { DigestedPlan, Plan } from '../../src/model/plan.ts'
// @ts-expect-error the class stays in its file: there is no constructor to import
import type { Approved } from '../../src/safety/approval/approved-plan.ts'
import type { approve, ApprovalEvidence, ApprovedPlan } from '../../src/safety/approval/approved-plan.ts'

export type NotImported = Approved

declare const approved: ApprovedPlan
declare const digested: DigestedPlan
declare const plan: Plan
declare const evidence: ApprovalEvidence
declare const mint: typeof approve
declare const run: typeof execute
declare const ports: ExecutorPorts
declare const writer: ClusterWriter

export const real: ApprovedPlan = mint(evidence)

// @ts-expect-error a plan is not an approved plan
export const aPlan: ApprovedPlan = plan
// @ts-expect-error a digested plan is not an approved plan
export const aDigestedPlan: ApprovedPlan = digested
// @ts-expect-error evidence is not yet an approval
export const anEvidence: ApprovedPlan = evidence
// @ts-expect-error a copy is not an approved plan
export const aSpread: ApprovedPlan = { ...approved }
const { digest, execution, decision } = approved
// @ts-expect-error the same members do not make it one
export const aLiteral: ApprovedPlan = { plan, digest, execution, decision }
// @ts-expect-error whatever is written into the literal
export const aSealedLiteral: ApprovedPlan = { plan, digest, execution, decision, '#sealed': true }
// @ts-expect-error nor does a class that has them
export class Fake implements ApprovedPlan {
  readonly plan: Plan = plan
  readonly digest: string = digest
  readonly execution: ApprovedPlan['execution'] = execution
  readonly decision: ApprovedPlan['decision'] = decision
}

// @ts-expect-error the mint wants evidence
mint()
// @ts-expect-error and all of it
mint({ plan: digested, decision, execution })
// @ts-expect-error a plan alone is none
mint(digested)

// @ts-expect-error the executor takes an approved plan
void run(plan, ports)
// @ts-expect-error and nothing that looks like one
void run({ ...approved }, ports)
// @ts-expect-error the writing transport takes an approved plan
void writer.send(digested, 1, 'do')
// @ts-expect-error and no bytes
void writer.send(approved, digested.plan.steps[0]?.request, 'do')

// @ts-expect-error what was approved stays as it is
approved.plan = plan
// @ts-expect-error all of it
approved.digest = digest
// @ts-expect-error down to its steps
approved.plan.steps.push(...plan.steps)
const [step] = approved.plan.steps
// @ts-expect-error and to the bytes
if (step) step.request.body = ''
