import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { Entrance } from './entrance.ts'

/** A file that is written as a group's list of processes would be. */
let group: string
let directory: string

beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'entrance-'))
  group = path.join(directory, 'cgroup.procs')
})
afterEach(() => rmSync(directory, { recursive: true }))

const enter = (joinFiles: string[]) => new Entrance({ networkNamespace: null, joinFiles }, { GREETING: 'it is' })

it('has joined its groups when it has arrived, and keeps its id in what it becomes', async () => {
  const entrance = enter([group])
  await entrance.arrived
  const joined = readFileSync(group, 'utf8')
  expect(joined).toBe(`${entrance.child.pid}\n`)
  const said = text(entrance.streams[1]!)
  entrance.become({
    command: ['/bin/sh', '-c', 'echo "$GREETING $$ $1"', 'sh', "a 'b'\n$c"],
    joinFiles: [`${group}.late`],
    output: null,
    seccomp: null,
  })
  expect(await said).toBe(`it is ${entrance.child.pid} a 'b'\n$c\n`)
  expect(readFileSync(`${group}.late`, 'utf8')).toBe(joined)
  expect(await entrance.ended).toEqual({ code: 0, signal: null })
})

it('ends when it is closed, and when it cannot join', async () => {
  const entrance = enter([group])
  expect(entrance.isOpen).toBe(true)
  await entrance.close()
  expect(entrance.isOpen).toBe(false)
  expect((await enter([path.join(directory, 'nowhere', 'cgroup.procs')]).ended).code).not.toBe(0)
})
