import { expect, it } from 'vitest'
import { openApiDocument } from './openapi.ts'
import type { Operation } from './operation.ts'
import { operations } from './operations.ts'

it('describes every operation once, with its path parameters', () => {
  const document = openApiDocument({ version: '1.2.3', serverUrl: 'http://localhost:8080' }) as {
    paths: Record<string, Record<string, { operationId: string; parameters: { name: string; in: string }[] }>>
  }
  const described = Object.values(document.paths).flatMap((methods) => Object.values(methods))
  expect(described.map((one) => one.operationId).sort()).toEqual(
    Object.values(operations)
      .map((one) => one.id)
      .sort(),
  )
  for (const [path, methods] of Object.entries(document.paths)) {
    const inPath = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1])
    for (const one of Object.values(methods))
      expect(one.parameters.filter((parameter) => parameter.in === 'path').map((parameter) => parameter.name)).toEqual(
        inPath,
      )
  }
})

it('names a parameter schema for every parameter of a path', () => {
  for (const operation of Object.values<Operation>(operations)) {
    const inPath = [...operation.path.matchAll(/:(\w+)/g)].map((match) => match[1])
    expect(Object.keys(operation.params?.shape ?? {})).toEqual(inPath)
  }
})
