using McMaster.Extensions.CommandLineUtils;
using PachUp.Conformance;

return await CommandLineApplication.ExecuteAsync<ConformanceCommand>(args);
