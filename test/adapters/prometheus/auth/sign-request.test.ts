import { describe, expect, it } from 'vitest'
import { signRequest } from '../../../../src/adapters/prometheus/auth/aws/sign-request.ts'
import type { OutgoingRequest } from '../../../../src/adapters/prometheus/auth/credential.ts'
import { queryUrl } from '../../../../src/adapters/prometheus/query-url.ts'

// AWS' published Signature Version 4 test suite (names of its cases), and the example of its documentation.
const SUITE = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' }
const AT = new Date('2015-08-30T12:36:00Z')
const request = (more: Partial<OutgoingRequest> = {}): OutgoingRequest => ({
  method: 'GET',
  url: 'https://example.amazonaws.com/',
  headers: {},
  body: undefined,
  ...more,
})
const FORM = { 'content-type': 'application/x-www-form-urlencoded' }
const sign = (asked: OutgoingRequest, more: object = {}) =>
  signRequest(asked, { identity: SUITE, region: 'us-east-1', service: 'service', at: AT, ...more })

describe('a signature of AWS', () => {
  it.each<[string, OutgoingRequest, string, string]>([
    ['get-vanilla', request(), 'host;x-amz-date', '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31'],
    [
      'get-vanilla-query-order-key-case',
      request({ url: 'https://example.amazonaws.com/?Param2=value2&Param1=value1' }),
      'host;x-amz-date',
      'b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500',
    ],
    [
      'post-vanilla',
      request({ method: 'POST' }),
      'host;x-amz-date',
      '5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b',
    ],
    [
      'post-x-www-form-urlencoded',
      request({ method: 'POST', headers: FORM, body: 'Param1=value1' }),
      'content-type;host;x-amz-date',
      'ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a',
    ],
  ])('is as published for %s', async (_, asked, signed, signature) => {
    expect(await sign(asked)).toEqual({
      'x-amz-date': '20150830T123600Z',
      authorization: `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=${signed}, Signature=${signature}`,
    })
  })

  it('is as published for the documentation’s example of IAM', async () => {
    const url = 'https://iam.amazonaws.com/?Action=ListUsers&Version=2010-05-08'
    const headers = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' }
    const { authorization } = await sign(request({ url, headers }), { service: 'iam' })
    expect(authorization).toContain('5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7')
  })

  it('covers the session, the body and every parameter, and is not made of a header that proxies may change', async () => {
    const asked = request({ method: 'POST', headers: FORM, body: 'query=up' })
    const identity = { ...SUITE, sessionToken: 'session' }
    const signed = await sign(asked, { identity })
    expect(signed['x-amz-security-token']).toBe('session')
    expect(signed['authorization']).toContain('SignedHeaders=content-type;host;x-amz-date;x-amz-security-token,')
    const others = await Promise.all([
      sign({ ...asked, body: 'query=down' }, { identity }),
      sign({ ...asked, url: `${asked.url}?x=1` }, { identity }),
      sign(asked, { identity: { ...identity, sessionToken: 'other' } }),
      sign(asked, { identity, region: 'eu-west-1' }),
    ])
    expect(new Set([signed, ...others].map(({ authorization }) => authorization)).size).toBe(5)
  })

  it('is of an address in which a space is written in the one way that all read alike', () => {
    expect(queryUrl('https://x', { query: 'a + b' })).toBe('https://x?query=a%20%2B%20b')
  })
})
