using Google.Protobuf.Reflection;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Wire.Admin;
using PachUp.Pachyderm.Wire.Auth;
using PachUp.Pachyderm.Wire.Enterprise;
using PachUp.Pachyderm.Wire.Health;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Pachyderm.Wire.Transaction;
using PachUp.Pachyderm.Wire.Version;

namespace PachUp.Sandbox.Server.Hosting;

/// <summary>The methods of a release, and its error for other methods.</summary>
internal sealed class MethodTable
{
    private static readonly Release V1_8 = new(1, 8, 0);
    private static readonly Release V1_8_1 = new(1, 8, 1);
    private static readonly Release V1_9 = new(1, 9, 0);
    private static readonly Release V1_9_6 = new(1, 9, 6);
    private static readonly Release V1_10 = new(1, 10, 0);
    private static readonly Release V1_11 = new(1, 11, 0);
    private static readonly Release V1_12 = new(1, 12, 0);

    /// <summary>Methods that were added after the first release of 1.7 or removed later, by full name.</summary>
    private static readonly Dictionary<string, (Release? From, Release? Until)> Lifetimes = new(StringComparer.Ordinal)
    {
        ["/pfs.API/WalkFile"] = (V1_8, null),
        ["/pfs.API/Fsck"] = (V1_8_1, null),
        ["/pfs.API/PutTar"] = (V1_10, V1_11),
        ["/pfs.API/GetTar"] = (V1_10, V1_11),
        ["/pfs.API/FileOperationV2"] = (V1_11, null),
        ["/pfs.API/GetTarV2"] = (V1_11, null),
        ["/pfs.API/DiffFileV2"] = (V1_11, null),
        ["/pfs.API/CreateTmpFileSet"] = (V1_11, null),
        ["/pfs.API/RenewTmpFileSet"] = (V1_11, null),
        ["/pfs.API/ClearCommitV2"] = (V1_11, null),
        ["/pfs.ObjectAPI/PutObjects"] = (V1_8, null),
        ["/pfs.ObjectAPI/GetBlocks"] = (V1_8, null),
        ["/pfs.ObjectAPI/CreateObject"] = (V1_9_6, null),
        ["/pfs.ObjectAPI/PutBlock"] = (V1_9_6, null),
        ["/pfs.ObjectAPI/GetBlock"] = (V1_9_6, null),
        ["/pfs.ObjectAPI/ListBlock"] = (V1_9_6, null),
        ["/pfs.ObjectAPI/PutObjDirect"] = (V1_10, null),
        ["/pfs.ObjectAPI/GetObjDirect"] = (V1_10, null),
        ["/pfs.ObjectAPI/DeleteObjDirect"] = (V1_11, null),
        ["/pps.API/RerunPipeline"] = (null, V1_9),
        ["/pps.API/RunPipeline"] = (V1_9, null),
        ["/pps.API/RunCron"] = (V1_9_6, null),
        ["/pps.API/UpdateJobState"] = (V1_9_6, null),
        ["/pps.API/CreateSecret"] = (V1_10, null),
        ["/pps.API/DeleteSecret"] = (V1_10, null),
        ["/pps.API/ListSecret"] = (V1_10, null),
        ["/pps.API/InspectSecret"] = (V1_10, null),
        ["/auth.API/GetClusterRoleBindings"] = (V1_11, null),
        ["/auth.API/ModifyClusterRoleBinding"] = (V1_11, null),
        ["/auth.API/GetOIDCLogin"] = (V1_11, null),
        ["/auth.API/ExtractAuthTokens"] = (V1_11, null),
        ["/auth.API/RestoreAuthToken"] = (V1_11, null),
        ["/enterprise.API/GetActivationCode"] = (V1_12, null),
        ["/transaction.API/BatchTransaction"] = (V1_9_6, null),
    };

    private static readonly ServiceDescriptor[] AllServices =
    [
        .. AdminReflection.Descriptor.Services, .. AuthReflection.Descriptor.Services, .. EnterpriseReflection.Descriptor.Services,
        .. HealthReflection.Descriptor.Services, .. PfsReflection.Descriptor.Services, .. PpsReflection.Descriptor.Services,
        .. TransactionReflection.Descriptor.Services, .. VersionpbReflection.Descriptor.Services,
    ];

    private readonly Release _release;
    private readonly HashSet<string> _services;
    private readonly HashSet<string> _methods;

    public MethodTable(Release release)
    {
        _release = release.WithoutSuffix();
        var services = AllServices.Where(service => service.File.Package != "transaction" || _release >= V1_9).ToList();
        _services = [.. services.Select(service => service.FullName)];
        _methods = [.. services.SelectMany(service => service.Methods).Select(FullName).Where(IsAlive)];
    }

    /// <summary>Whether the release has a method, by its full name such as <c>/pfs.API/ListRepo</c>.</summary>
    public bool Has(string method) => _methods.Contains(method);

    /// <summary>The error of the release for a method that it does not have, as worded by its gRPC library.</summary>
    public string RefusalOf(string method)
    {
        var slash = method.LastIndexOf('/');
        var (service, name) = slash > 0 ? (method[1..slash], method[(slash + 1)..]) : ("", method);
        if (!_services.Contains(service))
            return $"unknown service {service}";

        return _release switch
        {
            _ when _release < V1_8 => $"unknown method {name}",
            _ when _release < V1_9_6 => $"unknown service {service}",
            _ => $"unknown method {name} for service {service}",
        };
    }

    private bool IsAlive(string method) =>
        !Lifetimes.TryGetValue(method, out var life) || ((life.From is null || _release >= life.From) && (life.Until is null || _release < life.Until));

    private static string FullName(MethodDescriptor method) => $"/{method.Service.FullName}/{method.Name}";
}
