import * as z from 'zod'
import { CHANGES } from '../annotations.ts'
import { envelopeSchema } from '../envelope-schema.ts'
import { guarded } from '../guarded.ts'
import { listedSchema } from '../listed-schema.ts'
import type { ToolDeps } from '../tool-deps.ts'
import { problemResult, result } from '../tool-result.ts'

const inputSchema = z.strictObject({
  confirmation_token: z.string().min(1).max(200),
  dry_run: z.boolean().default(true).describe('false starts it'),
})

export function registerApply(deps: ToolDeps): void {
  deps.server.registerTool(
    'apply_recommendations',
    {
      title: 'Apply',
      description:
        'Start the plan that a person approved, with the token of request_confirmation. By default a dry run.',
      inputSchema: listedSchema(inputSchema),
      outputSchema: envelopeSchema,
      annotations: CHANGES,
    },
    guarded(
      'apply_recommendations',
      deps,
      async ({ confirmation_token: token, dry_run: dryRun }: z.infer<typeof inputSchema>, ports) => {
        const { applyPlan } = await import('../../../app/agent/apply.ts')
        const { dryRunEnvelope } = await import('../../render/dry-run-envelope.ts')
        const { executionEnvelope } = await import('../../render/execution-envelope.ts')
        const applied = await applyPlan({ token, dryRun }, ports)
        if (!applied.ok) return problemResult(applied.problem)
        const { value } = applied
        return result(
          value.kind === 'dry_run'
            ? dryRunEnvelope(value.view, value.checks, token)
            : executionEnvelope(value.execution, ports.command),
        )
      },
    ),
  )
}
