TSC.embedded_config_xml="<x:xmpmeta></x:xmpmeta>";
