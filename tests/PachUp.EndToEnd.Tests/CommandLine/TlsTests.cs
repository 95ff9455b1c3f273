using PachUp.Testing;

namespace PachUp.EndToEnd.Tests.CommandLine;

/// <summary>Clusters behind a proxy that terminates TLS.</summary>
public sealed class TlsTests : IDisposable
{
    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public async Task A_sandbox_behind_a_TLS_proxy_answers_like_pachd()
    {
        await using var clusters = await ClusterPair.StartAsync();
        await using var source = TlsProxy.Start(clusters.Source.Address.Port);
        await using var target = TlsProxy.Start(clusters.Target.Address.Port);
        await File.WriteAllTextAsync(Path.Combine(_tool.WorkingDirectory, "cas.pem"), $"{source.CertificatePem}\n{target.CertificatePem}\n");
        string[] both = ["--source", source.Address, "--target", target.Address];

        var status = await _tool.RunInShellAsync("export PACH_CA_CERTS=cas.pem", ["status", .. both]);
        var plan = await _tool.RunInShellAsync("export PACH_CA_CERTS=cas.pem", ["plan", Tool.Plan, .. both]);

        status.Expect(0).Answers("pachd 1.8.7").Answers("pachd 1.9.0");
        plan.Expect(0).Answers($"pachup apply {Tool.Plan}");
    }
}
