import { pipelineFunction, ref, resolver } from '../fixtures';
import { finder } from './api-harness';

const pipeline = (...functionIds: string[]) => resolver('Query.ping', { kind: 'PIPELINE', dataSourceName: undefined, functionIds });
const functions = [pipelineFunction('read')];

describe('pipeline-has-at-most-ten-functions', () => {
  const found = finder('API_PIPELINE_LENGTH');
  const steps = (count: number) => Array.from({ length: count }, () => 'read-id');

  it('accepts ten functions, one function many times included', () => {
    expect(found({ resolvers: [pipeline(...steps(10))], functions })).toEqual([]);
    expect(found({ resolvers: [pipeline(...steps(1))], functions })).toEqual([]);
  });

  it.each([11, 25])('reports %i functions', (count) => {
    expect(found({ resolvers: [pipeline(...steps(count))], functions })).toEqual([
      { message: `the pipeline of Query.ping has ${count} functions; AppSync takes at most 10`, fix: 'join steps that use the same data source, or move work to a Lambda data source', resource: 'QuerypingResolver' },
    ]);
  });
});

describe('pipeline-has-functions', () => {
  const found = finder('API_PIPELINE_EMPTY');

  it('accepts one function, and unit resolvers, which have none', () => {
    expect(found({ resolvers: [pipeline('read-id')], functions })).toEqual([]);
    expect(found({})).toEqual([]);
  });

  it('warns of each pipeline without', () => {
    const second = { ...pipeline(), fieldName: 'pong', resource: ref('Second') };
    const fix = 'add a function, or use a unit resolver with a NONE data source';

    expect(found({ resolvers: [pipeline(), second] })).toEqual([
      { message: 'the pipeline of Query.ping has no function, so it asks no data source', fix, resource: 'QuerypingResolver' },
      { message: 'the pipeline of Query.pong has no function, so it asks no data source', fix, resource: 'Second' },
    ]);
  });
});

describe('pipeline-names-no-data-source and unit-resolver-names-data-source', () => {
  const stray = finder('API_PIPELINE_DATA_SOURCE');
  const missing = finder('API_UNIT_DATA_SOURCE');

  it('accept a unit resolver with a data source and a pipeline without', () => {
    for (const resolvers of [[resolver('Query.ping')], [pipeline('read-id')]]) expect([...stray({ resolvers, functions }), ...missing({ resolvers, functions })]).toEqual([]);
  });

  it('report a pipeline with a data source, whether or not that exists', () => {
    for (const name of ['Nothing', 'Gone'])
      expect(stray({ resolvers: [{ ...pipeline('read-id'), strayDataSourceName: name }], functions })).toEqual([
        { message: `the pipeline resolver of Query.ping names data source "${name}", which only unit resolvers do`, fix: 'remove "DataSourceName", or the "Kind" PIPELINE', resource: 'QuerypingResolver' },
      ]);
  });

  it('report a unit resolver without, also one that lists functions', () => {
    for (const functionIds of [[], ['read-id']])
      expect(missing({ resolvers: [resolver('Query.ping', { dataSourceName: undefined, functionIds })], functions })).toEqual([
        { message: 'the unit resolver of Query.ping names no data source', fix: 'add "DataSourceName"; a data source of type NONE asks nobody', resource: 'QuerypingResolver' },
      ]);
  });
});

describe('function-version-is-supported', () => {
  const found = finder('API_FUNCTION_VERSION');

  it('accepts the one version, none, and one that is not known here', () => {
    const versions = ['2018-05-29', undefined, 'F.FunctionVersion'].map((version, i) => pipelineFunction(`f${i}`, version === undefined ? {} : { version }));

    expect(found({ functions: versions }, { standIns: ['F.FunctionVersion'] })).toEqual([]);
  });

  it.each(['2017-02-28', '1'])('reports the version %s', (version) => {
    expect(found({ functions: [pipelineFunction('read', { version })] })).toEqual([{ message: `function "read" has the version "${version}"`, fix: 'set "FunctionVersion" to "2018-05-29"', resource: 'readFunction' }]);
  });
});
