using McMaster.Extensions.CommandLineUtils;
using PachUp.Benchmarks;

return await CommandLineApplication.ExecuteAsync<BenchmarksCommand>(args);
