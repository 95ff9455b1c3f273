using PachUp.Pachyderm.Connections;

namespace PachUp.Pachyderm.Tests.Connections;

public sealed class PachConfigWriterTests
{
    private static readonly ClusterAddress Plain = ClusterAddress.Parse("old.example:30650", "");
    private static readonly ClusterAddress Guarded =
        ClusterAddress.Parse("grpcs://new.example:650", "") with { SessionToken = "token", TrustedCertificatesPem = "CERTIFICATE" };

    [Fact]
    public void A_written_config_file_has_the_token_and_certificates_of_an_address()
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
    public void Without_tokens_and_certificates_no_file_is_written() => Assert.Null(PachConfigWriter.TryWrite([Plain, Plain]));
}
