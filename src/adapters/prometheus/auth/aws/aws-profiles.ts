import { readFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import type { CloudSources } from '../cloud-sources.ts'

export type AwsProfile = Readonly<Record<string, string>>
export type AwsProfiles = ReadonlyMap<string, AwsProfile>

/** The profiles of AWS' `config` and `credentials` files; what `credentials` says counts. Missing files hold none. */
export async function readAwsProfiles({ environment }: CloudSources): Promise<AwsProfiles> {
  const home = join(environment['HOME'] ?? homedir(), '.aws')
  const [config, credentials] = await Promise.all([
    textOf(environment['AWS_CONFIG_FILE'] || join(home, 'config')),
    textOf(environment['AWS_SHARED_CREDENTIALS_FILE'] || join(home, 'credentials')),
  ])
  const profiles = new Map<string, AwsProfile>()
  const add = (name: string, profile: AwsProfile): unknown => profiles.set(name, { ...profiles.get(name), ...profile })
  for (const [section, profile] of sectionsOf(config)) {
    if (section === 'default') add(section, profile)
    else if (section.startsWith('profile ')) add(section.slice('profile '.length).trim(), profile)
  }
  for (const [section, profile] of sectionsOf(credentials)) add(section, profile)
  return profiles
}

const textOf = (path: string): Promise<string> => readFile(path, 'utf8').catch(() => '')

function sectionsOf(text: string): ReadonlyMap<string, AwsProfile> {
  const sections = new Map<string, Record<string, string>>()
  let current: Record<string, string> | undefined
  for (const line of text.split(/\r?\n/)) {
    const section = /^\[\s*([^\]]+?)\s*\]/.exec(line)?.[1]
    if (section !== undefined) sections.set(section, (current = sections.get(section) ?? {}))
    // An indented line belongs to a nested setting (`s3 =`), none of which is ours.
    const [, key, value] = /^([A-Za-z_]\w*)\s*=\s*(.*?)\s*$/.exec(line) ?? []
    if (current && key !== undefined && value !== undefined) current[key.toLowerCase()] = value
  }
  return sections
}
