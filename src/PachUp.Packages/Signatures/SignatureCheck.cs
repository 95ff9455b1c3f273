using NuGet.Common;
using NuGet.Configuration;
using NuGet.Packaging.Signing;
using PachUp.Engine.Plugins.Assemblies;
using PachUp.Packages.Contents;
using HashAlgorithmName = NuGet.Common.HashAlgorithmName;

namespace PachUp.Packages.Signatures;

/// <summary>
/// Verifies the signatures of packages as NuGet does. A signature has to be valid. NuGet.config decides whether packages must be signed and by whom
/// (<c>signatureValidationMode</c>, <c>trustedSigners</c>).
/// </summary>
/// <param name="settings">The settings of NuGet.</param>
internal sealed class SignatureCheck(ISettings settings)
{
    private readonly ClientPolicyContext _policy = ClientPolicyContext.GetClientPolicy(settings, NullLogger.Instance);

    /// <summary>Verifies a package.</summary>
    /// <returns>Who signed it, in words.</returns>
    /// <exception cref="PluginException">Its signature is invalid or its signer is not trusted, or it has no signature and needs one.</exception>
    public async Task<string> VerifyAsync(PackageFile package, CancellationToken cancellationToken)
    {
        X509TrustStore.InitializeForDotNetSdk(NullLogger.Instance);
        var verified = await new PackageSignatureVerifier(Providers()).VerifySignaturesAsync(package.Archive, _policy.VerifierSettings, cancellationToken);
        if (!verified.IsValid)
        {
            var errors = verified.Results.SelectMany(result => result.GetErrorIssues()).Select(issue => $"{issue.Message} ({issue.Code})");
            throw new PluginException(
                verified.IsSigned
                    ? $"The signature of {package.Name} is refused: {string.Join(' ', errors.Distinct())}"
                    : $"{package.Name} is not signed, and NuGet.config requires signatures (signatureValidationMode).",
                "Install a package whose signer is listed under trustedSigners in NuGet.config.");
        }

        return verified.IsSigned ? await DescribeAsync(package, verified, cancellationToken) : "not signed";
    }

    private ISignatureVerificationProvider[] Providers()
    {
        var untrustedRoots = _policy.AllowList.OfType<TrustedSignerAllowListEntry>()
            .Where(entry => entry.AllowUntrustedRoot)
            .Select(entry => new KeyValuePair<string, HashAlgorithmName>(entry.Fingerprint, entry.FingerprintAlgorithm));
        return
        [
            new IntegrityVerificationProvider(),
            new SignatureTrustAndValidityVerificationProvider(untrustedRoots),
            new AllowListVerificationProvider(
                _policy.AllowList,
                requireNonEmptyAllowList: _policy.Policy == SignatureValidationMode.Require,
                emptyListErrorMessage: "NuGet.config lists no trustedSigners.",
                noMatchErrorMessage: "NuGet.config does not list its signer under trustedSigners."),
        ];
    }

    private static async Task<string> DescribeAsync(PackageFile package, VerifySignaturesResult verified, CancellationToken cancellationToken)
    {
        var signature = await package.Archive.GetPrimarySignatureAsync(cancellationToken);
        var certificate = signature!.SignerInfo.Certificate!;
        var signer = certificate.GetNameInfo(System.Security.Cryptography.X509Certificates.X509NameType.SimpleName, forIssuer: false);
        var kind = signature.Type == SignatureType.Repository ? "the repository " : "";
        var doubts = verified.Results.SelectMany(result => result.GetWarningIssues()).Select(issue => issue.Code.ToString()).Distinct().ToList();
        return $"signed by {kind}\"{signer}\""
            + (doubts.Count == 0 ? "" : $"; this machine cannot verify the signature ({string.Join(", ", doubts)})");
    }
}
