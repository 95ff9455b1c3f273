using PachUp.Pachyderm;
using PachUp.Sandbox;
using PachUp.TestKit;

var size = args is ["full"] ? ClusterSize.Full : ClusterSize.Tenth;
await using var source = await SandboxCluster.StartAsync(new SandboxOptions { Release = new Release(1, 8, 8) });
var watch = System.Diagnostics.Stopwatch.StartNew();
source.Fill(LargeCluster.Of(new Release(1, 8, 8), size));
Console.WriteLine($"filled {watch.Elapsed}");
Console.WriteLine(source.Address);
Console.ReadLine();
