using PachUp.Pachyderm.Connections;

namespace PachUp.Pachyderm.Tests.Connections;

public sealed class PachConfigWriterTests
{
    private static readonly ClusterAddress Plain = ClusterAddress.Parse("old.example:30650", "");
    private static readonly ClusterAddress Guarded =
        ClusterAddress.Parse("grpcs://new.example:650", "") with { SessionToken = "token", TrustedCertificatesPem = "CERTIFICATE" };

    [Fact]
    public void What_is_written_gives_an_address_its_token_and_certificates_back()
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, PachConfigWriter.TryWrite([Plain, Guarded])!);

            var found = new AddressResolver(name => name == "PACH_CONFIG" ? file : null, "/nowhere").Resolve("grpcs://new.example:650", "--source");

            Assert.Equal(("token", "CERTIFICATE"), (found.SessionToken, found.TrustedCertificatesPem));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void Where_there_is_nothing_to_keep_nothing_is_written() => Assert.Null(PachConfigWriter.TryWrite([Plain, Plain]));
}
