using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using PachUp.Engine.Plugins.Assemblies;
using PachUp.PackageFeed;

namespace PachUp.Packages.Tests;

public sealed class SignatureTests : IDisposable
{
    private const string Require = """<add key="signatureValidationMode" value="require" />""";

    private readonly PackageWorkshop _workshop = new();
    private readonly X509Certificate2 _signer = CreateSigner();

    public void Dispose()
    {
        _workshop.Dispose();
        _signer.Dispose();
    }

    [Fact]
    public async Task A_signature_is_shown_with_what_cannot_be_verified_about_it()
    {
        await _workshop.PublishAsync(TestPackage.OfPlugin("GoodPlugin").SignedBy(_signer));

        var signature = (await _workshop.PrepareAsync("GoodPlugin")).Entry.Signature;

        Assert.StartsWith("signed by \"Acme Signer\"; this machine cannot verify the signature (NU30", signature, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_trusted_signer_is_accepted_if_signatures_are_required()
    {
        _workshop.Configure(TrustedSigner(_signer), settings: Require);
        await _workshop.PublishAsync(TestPackage.OfPlugin("GoodPlugin").SignedBy(_signer));

        Assert.StartsWith("signed by \"Acme Signer\"", (await _workshop.PrepareAsync("GoodPlugin")).Entry.Signature, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_hash_of_a_package_is_the_same_with_and_without_a_signature()
    {
        using var signed = new PackageWorkshop();
        var package = TestPackage.OfPlugin("GoodPlugin");
        var file = await package.WriteToAsync(_workshop.Feed);
        await File.WriteAllBytesAsync(Path.Combine(signed.Feed, Path.GetFileName(file)), await TestPackage.SignAsync(await File.ReadAllBytesAsync(file), _signer));

        Assert.Equal((await _workshop.PrepareAsync("GoodPlugin")).Entry.Sha512, (await signed.PrepareAsync("GoodPlugin")).Entry.Sha512);
    }

    [Fact]
    public async Task An_unsigned_package_is_refused_if_signatures_are_required()
    {
        _workshop.Configure(TrustedSigner(_signer), settings: Require);
        await _workshop.PublishAsync(TestPackage.OfPlugin("GoodPlugin"));

        await RefusesAsync("GoodPlugin 1.0.0 is not signed, and NuGet.config requires signatures (signatureValidationMode).");
    }

    [Fact]
    public async Task An_unsigned_dependency_of_the_plugin_is_refused()
    {
        _workshop.Configure(TrustedSigner(_signer), settings: Require);
        await _workshop.PublishAsync(
            TestPackage.OfPlugin("GoodPlugin").Needs("Acme.Tools", "1.0.0").SignedBy(_signer),
            new TestPackage("Acme.Tools", "1.0.0").With("lib/net8.0/Acme.Tools.dll", "a library"));

        await RefusesAsync("Acme.Tools 1.0.0 is not signed");
    }

    [Fact]
    public async Task A_package_of_another_signer_is_refused()
    {
        using var other = CreateSigner();
        _workshop.Configure(TrustedSigner(other), settings: Require);
        await _workshop.PublishAsync(TestPackage.OfPlugin("GoodPlugin").SignedBy(_signer));

        await RefusesAsync("The signature of GoodPlugin 1.0.0 is refused: ");
    }

    [Fact]
    public async Task A_changed_signed_package_is_always_refused()
    {
        var file = await TestPackage.OfPlugin("GoodPlugin").SignedBy(_signer).WriteToAsync(_workshop.Feed);
        using (var archive = System.IO.Compression.ZipFile.Open(file, System.IO.Compression.ZipArchiveMode.Update))
        {
            archive.CreateEntry("lib/net10.0/More.dll");
        }

        await RefusesAsync("The signature of GoodPlugin 1.0.0 is refused: ");
    }

    private static string TrustedSigner(X509Certificate2 signer) => $"""
        <trustedSigners>
          <author name="Acme">
            <certificate fingerprint="{signer.GetCertHashString(HashAlgorithmName.SHA256)}" hashAlgorithm="SHA256" allowUntrustedRoot="true" />
          </author>
        </trustedSigners>
        """;

    private static X509Certificate2 CreateSigner()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=Acme Signer", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.3")], true));
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddYears(1));
    }

    private async Task RefusesAsync(string message)
    {
        var refusal = await Assert.ThrowsAsync<PluginException>(() => _workshop.PrepareAsync("GoodPlugin"));

        Assert.StartsWith(message, refusal.Message, StringComparison.Ordinal);
        Assert.Empty(_workshop.AllPluginFiles);
    }
}
