import { describe, expect, it } from 'vitest';
import { junitOutput } from '../../../../src/cli/output/junitOutput';
import { pathsRelativeTo } from '../../../../src/cli/paths';
import type { Problem } from '../../../../src/model';
import { aProblem } from './problems';

const junit = (
  problems: readonly Problem[],
  { files = [] as string[], warningsFail = false } = {},
): string => junitOutput(problems, { files, show: pathsRelativeTo('/w'), warningsFail });

describe('junitOutput', () => {
  it('has a suite for each file and a failure for each error', () => {
    expect(
      junit(
        [
          aProblem('2:5', { entityRef: 'component:default/a' }),
          aProblem('3:1', { severity: 'warning', code: 'dangling-reference' }),
        ],
        { files: ['file:///w/b.yaml', 'file:///w/a.yaml'] },
      ),
    ).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="callboard" tests="3" failures="1" errors="0">
  <testsuite name="a.yaml" tests="2" failures="1" errors="0" skipped="0">
    <testcase name="invalid-spec a.yaml:2:5" classname="a.yaml" file="a.yaml" line="2">
      <properties>
        <property name="code" value="invalid-spec"/>
        <property name="severity" value="error"/>
        <property name="entity" value="component:default/a"/>
      </properties>
      <failure message="It is wrong" type="invalid-spec">a.yaml:2:5: error: It is wrong</failure>
    </testcase>
    <testcase name="dangling-reference a.yaml:3:1" classname="a.yaml" file="a.yaml" line="3">
      <properties>
        <property name="code" value="dangling-reference"/>
        <property name="severity" value="warning"/>
      </properties>
      <system-out>a.yaml:3:1: warning: It is wrong</system-out>
    </testcase>
  </testsuite>
  <testsuite name="b.yaml" tests="1" failures="0" errors="0" skipped="0">
    <testcase name="no problems" classname="b.yaml" file="b.yaml"/>
  </testsuite>
</testsuites>
`);
  });

  it('has a suite for each entity with problems in no file', () => {
    const details = { file: undefined, entityRef: 'resource:default/printer', provider: 'devices' };
    const name = 'resource:default/printer (provider devices)';
    const text = junit([aProblem('1:1', details)]);
    expect(text).toContain(`<testsuite name="${name}" tests="1"`);
    expect(text).toContain(`<testcase name="invalid-spec ${name}" classname="${name}">`);
    expect(text).toContain('<property name="provider" value="devices"/>');
    expect(text).toContain(`>${name}: error: It is wrong</failure>`);
  });

  it('counts warnings as failures if there are too many', () => {
    const warning = aProblem('1:1', { severity: 'warning' });
    expect(junit([warning])).toContain('failures="0"');
    expect(junit([warning], { warningsFail: true })).toContain('<failure ');
  });

  it('is valid XML with any text', () => {
    const message = '<a b="&">]]>\u0000\u001b[31m\ud800 é\r\nsecond \ufffe';
    const text = junit([aProblem('1:1', { message, file: 'file:///w/%22%3C%26.yaml' })]);
    expect(text).toContain('name="&quot;&lt;&amp;.yaml"');
    expect(text).toContain(
      'message="&lt;a b=&quot;&amp;&quot;&gt;]]&gt;\ufffd\ufffd[31m\ufffd é&#13;&#10;second \ufffd"',
    );
    // No bare ampersand, no character that XML 1.0 doesn't allow.
    expect(text).not.toMatch(/&(?!(?:amp|lt|gt|quot|#\d+);)/);
    expect(text).toMatch(/^[\t\n\r\u0020-\ud7ff\ue000-\ufffd]*$/);
  });
});
