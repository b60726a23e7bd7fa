// CDK's own template validation takes seconds per App and one test covers it; everything else runs without. Nothing may look for a network.
process.env.CDK_VALIDATION ??= 'false';
process.env.CDK_DISABLE_CLI_TELEMETRY = 'true';
process.env.AWS_EC2_METADATA_DISABLED = 'true';
